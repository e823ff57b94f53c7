{#- Capacity of the cluster and day: the sum over its nodes; rows without a node count, too (spec section 4.3). -#}
with sums as (
    select day, {{ add_parts('cpu', 'cpu') }}, {{ add_parts('memory', 'memory') }}
    from {{ ref('node_capacity') }}
    group by day
)

select
    day,
    {{ total('cpu') }} / 3600 as cluster_capacity_cpu_core_hours,
    {{ gib(total('memory') ~ ' / 3600') }} as cluster_capacity_memory_gigabyte_hours
from sums
