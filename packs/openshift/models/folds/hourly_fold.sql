{#-
  Hourly pod rows folded in one pass at two grains.
  day: sums by day, namespace, node and labels. The name of a pod is kept only where a volume needs it, so the number of groups
  does not follow the number of pods.
  interval: the capacity of each node in each interval, its largest figure there, whatever pod's row said it.
-#}
select
    case grouping(interval_start) when 0 then 'interval' else 'day' end as grain,
    state, interval_start, day, namespace, node, resource_id, labels, label_form, volume_pod,
    max(node_capacity_cpu_core_seconds) as node_capacity_cpu_core_seconds,
    max(node_capacity_memory_byte_seconds) as node_capacity_memory_byte_seconds,
    {{ pod_measures() }}
from (select *, {{ volume_pod() }} as volume_pod from {{ ref('pod_rows') }} as r)
where {{ batch('interval_start') }}
group by grouping sets (
    (state, day, namespace, node, resource_id, labels, label_form, volume_pod),
    (state, interval_start, node)
)
