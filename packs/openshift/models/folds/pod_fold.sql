{#-
  Pod rows summed by day, namespace, node and labels. The name of a pod is kept only where a volume needs it, so the number of
  groups does not follow the number of pods. Rows that are not kept fold into one group a state: every row read is counted.
-#}
{% set sums = var('pod_sums') + ['pod_effective_usage_cpu_core_seconds', 'pod_effective_usage_memory_byte_seconds'] -%}
select
    state,
    {% for c in ['day', 'namespace', 'node', 'resource_id', 'labels', 'label_form'] -%}
    {{ kept('r.' ~ c) }} as {{ c }},
    {% endfor -%}
    v.pod as volume_pod,
    count(*) as row_count,
    sum(unread_cells) as unread_cells,
    sum(empty_cells) as empty_cells,
    max(node_role) as node_role,
    max(node_capacity_cpu_cores) as node_capacity_cpu_cores,
    max(node_capacity_memory_bytes) as node_capacity_memory_bytes,
    {% for m in sums -%}
    {{ sum_parts(kept_quantity(m), m) }}{{ ',' if not loop.last }}
    {% endfor %}
from {{ ref('pod_daily_rows' if var('pod_daily') | length > 0 else 'pod_rows') }} as r
left join {{ ref('volume_pods') }} as v on v.day = r.day and v.namespace = r.namespace and v.pod = r.pod and r.state = 'kept'
group by 1, 2, 3, 4, 5, 6, 7, 8
