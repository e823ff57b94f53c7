{#- What of a node's capacity no pod used, by day, in a namespace that the node's role decides (spec section 4.8). -#}
{% set sums = var('pod_sums') + var('pod_effective') -%}
with nodes as (
    select
        p.day, p.node,
        max(r.node_role) as node_role,
        max(p.resource_id) as resource_id,
        max(p.node_capacity_cpu_cores) as node_capacity_cpu_cores,
        max(p.node_capacity_memory_bytes) as node_capacity_memory_bytes,
        {% for m in sums -%}
        {{ add_parts('p.' ~ m, m) }}{{ ',' if not loop.last }}
        {% endfor %}
    from {{ ref('pod_days') }} as p
    left join {{ ref('node_roles') }} as r on r.node = p.node and r.resource_id = p.resource_id
    where p.namespace not in ('Platform unallocated', 'Worker unallocated', 'Network unattributed', 'Storage unattributed')
    group by 1, 2
)

select
    *,
    case when node_role in ('master', 'infra') then 'Platform unallocated' when node_role = 'worker' then 'Worker unallocated' end as namespace
from nodes
