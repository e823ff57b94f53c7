{#- The capacity of each node in each interval: its largest figure there, whatever pod's row said it. Rows without a node count too. -#}
select
    state,
    {{ kept('interval_start') }} as interval_start,
    {{ kept('node') }} as node,
    count(*) as row_count,
    max(node_capacity_cpu_core_seconds) as node_capacity_cpu_core_seconds,
    max(node_capacity_memory_byte_seconds) as node_capacity_memory_byte_seconds
from {{ ref('pod_rows') }}
group by 1, 2, 3
