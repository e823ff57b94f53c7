{#- What the folds of hourly and of daily pod rows compute, by day. -#}
{% macro pod_measures(whole='bigint') -%}
{% set sums = var('pod_sums') + var('pod_effective') -%}
    count(*) as row_count,
    sum(unread_cells) as unread_cells,
    max(node_role) as node_role,
    max(case when isfinite(node_capacity_cpu_cores) then node_capacity_cpu_cores else 0.0 end) as node_capacity_cpu_cores,
    max(node_capacity_memory_bytes) as node_capacity_memory_bytes,
    {% for m in sums -%}
    {{ sum_parts(m, m, whole) }}{{ ',' if not loop.last }}
    {% endfor %}
{%- endmacro %}

{#- The pod of row r when it has a volume on its day. Asked with IN, so that the few volume pods are the side that is hashed. -#}
{% macro volume_pod() -%}
case when (r.day, r.namespace, r.pod) in (select day, namespace, pod from {{ ref('volume_pods') }}) then r.pod end
{%- endmacro %}
