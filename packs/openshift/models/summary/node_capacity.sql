{#- Capacity of each node and day: the sum over the day's intervals of the capacity in each (spec section 4.3). -#}
with sums as (
    select
        cast(interval_start as date) as day,
        node,
        {{ sum_parts('node_capacity_cpu_core_seconds', 'cpu') }},
        {{ sum_parts('node_capacity_memory_byte_seconds', 'memory') }}
    from {{ ref('capacity_fold') }}
    where state = 'kept'
    group by 1, 2
)

select
    *,
    {{ total('cpu') }} / 3600 as node_capacity_cpu_core_hours,
    {{ gib(total('memory') ~ ' / 3600') }} as node_capacity_memory_gigabyte_hours
from sums
