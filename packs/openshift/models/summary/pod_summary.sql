{#- Rows of pods and of unallocated capacity in units of the summary, sorted as readers expect (NULL sorts as \N). -#}
{% set hours = ['usage', 'request', 'effective_usage', 'limit'] -%}
with summary as (
    select
        p.day, p.namespace, p.node, p.resource_id, p.pod_labels,
        {% for h in hours -%}
        {{ total('p.pod_' ~ h ~ '_cpu_core_seconds') }} / 3600 as pod_{{ h }}_cpu_core_hours,
        {{ gib(total('p.pod_' ~ h ~ '_memory_byte_seconds') ~ ' / 3600') }} as pod_{{ h }}_memory_gigabyte_hours,
        {% endfor -%}
        p.node_capacity_cpu_cores, p.node_capacity_memory_bytes,
        c.node_capacity_cpu_core_hours, c.node_capacity_memory_gigabyte_hours
    from {{ ref('pod_days') }} as p
    left join {{ ref('node_capacity') }} as c on c.day = p.day and c.node = p.node
    where {{ batch('p.day') }}

    union all

    select
        u.day, u.namespace, u.node, u.resource_id, null,
        {% for h in hours -%}
        {% if h == 'limit' -%}
        null, null,
        {%- else -%}
        c.node_capacity_cpu_core_hours - {{ total('u.pod_' ~ h ~ '_cpu_core_seconds') }} / 3600,
        c.node_capacity_memory_gigabyte_hours - {{ gib(total('u.pod_' ~ h ~ '_memory_byte_seconds') ~ ' / 3600') }},
        {%- endif %}
        {% endfor -%}
        u.node_capacity_cpu_cores, u.node_capacity_memory_bytes,
        c.node_capacity_cpu_core_hours, c.node_capacity_memory_gigabyte_hours
    from {{ ref('unallocated') }} as u
    left join {{ ref('node_capacity') }} as c on c.day = u.day and c.node = u.node
    where {{ batch('u.day') }}
)

select s.*, k.cluster_capacity_cpu_core_hours, k.cluster_capacity_memory_gigabyte_hours, c.cost_category_id
from summary as s
left join {{ ref('cluster_capacity') }} as k on k.day = s.day
left join {{ ref('cost_categories') }} as c on c.namespace = s.namespace
order by {{ reading_order(['day', 'namespace', 'node', 'resource_id', 'pod_labels'], 's') }}
