{#- What the folds of hourly and of daily pod rows compute, by day. -#}
{% macro pod_measures() -%}
{% set sums = var('pod_sums') + var('pod_effective') -%}
    count(*) as row_count,
    sum(unread_cells) as unread_cells,
    max(node_role) as node_role,
    max(case when isfinite(node_capacity_cpu_cores) then node_capacity_cpu_cores else 0.0 end) as node_capacity_cpu_cores,
    max(node_capacity_memory_bytes) as node_capacity_memory_bytes,
    {% for m in sums -%}
    {{ sum_parts(m, m) }}{{ ',' if not loop.last }}
    {% endfor %}
{%- endmacro %}
