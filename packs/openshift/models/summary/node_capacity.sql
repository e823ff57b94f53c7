{#- Capacity of each node and day: the sum over the day's intervals of the capacity in each (spec section 4.3). -#}
with node_day as (
    select
        cast(interval_start as date) as day,
        node,
        {{ sum_parts('node_capacity_cpu_core_seconds', 'cpu') }},
        {{ sum_parts('node_capacity_memory_byte_seconds', 'memory') }}
    from {{ ref('capacity_fold') }}
    where state = 'kept'
    group by 1, 2
),

cluster_day as (
    select day, {{ add_parts('cpu', 'cpu') }}, {{ add_parts('memory', 'memory') }}
    from node_day
    group by day
)

select
    n.day,
    n.node,
    {{ total('n.cpu') }} / 3600 as node_capacity_cpu_core_hours,
    {{ gib(total('n.memory') ~ ' / 3600') }} as node_capacity_memory_gigabyte_hours,
    {{ total('c.cpu') }} / 3600 as cluster_capacity_cpu_core_hours,
    {{ gib(total('c.memory') ~ ' / 3600') }} as cluster_capacity_memory_gigabyte_hours
from node_day as n
join cluster_day as c on c.day = n.day
