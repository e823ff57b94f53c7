{#-
  The capacity of each node in each interval: its largest figure there, whatever pod's row said it. From hourly rows only: daily rows
  sum it over the pods. A scan of its own, of few columns, costs a third of a second grouping in the fold of the pods.
-#}
select
    state, interval_start, node,
    count(*) as row_count,
    max(node_capacity_cpu_core_seconds) as node_capacity_cpu_core_seconds,
    max(node_capacity_memory_byte_seconds) as node_capacity_memory_byte_seconds
from {{ ref('pod_rows') }}
where {{ batch('interval_start') }}
group by 1, 2, 3
