{#-
  Hourly pod rows folded in one pass at two grains.
  day: sums by day, namespace, node and labels. The name of a pod is kept only where a volume needs it, so the number of groups
  does not follow the number of pods.
  interval: the capacity of each node in each interval, its largest figure there, whatever pod's row said it.
-#}
select
    case grouping(r.interval_start) when 0 then 'interval' else 'day' end as grain,
    r.state, r.interval_start, r.day, r.namespace, r.node, r.resource_id, r.labels, r.label_form,
    v.pod as volume_pod,
    max(node_capacity_cpu_core_seconds) as node_capacity_cpu_core_seconds,
    max(node_capacity_memory_byte_seconds) as node_capacity_memory_byte_seconds,
    {{ pod_measures() }}
from {{ ref('pod_rows') }} as r
left join {{ ref('volume_pods') }} as v on v.day = r.day and v.namespace = r.namespace and v.pod = r.pod
where {{ batch('r.interval_start') }}
group by grouping sets (
    (r.state, r.day, r.namespace, r.node, r.resource_id, r.labels, r.label_form, v.pod),
    (r.state, r.interval_start, r.node)
)
