{#- The table itself: pods, volumes and unallocated capacity, in the order that readers expect (NULL sorts as \N). -#}
{% set hours = ['usage', 'request', 'effective_usage', 'limit'] -%}
with summary as (
    select
        'Pod' as data_source, p.day, p.namespace, p.node, p.resource_id, p.pod_labels,
        {% for h in hours -%}
        {{ total('p.pod_' ~ h ~ '_cpu_core_seconds') }} / 3600 as pod_{{ h }}_cpu_core_hours,
        {% endfor -%}
        {% for h in hours -%}
        {{ gib(total('p.pod_' ~ h ~ '_memory_byte_seconds') ~ ' / 3600') }} as pod_{{ h }}_memory_gigabyte_hours,
        {% endfor -%}
        p.node_capacity_cpu_cores,
        c.node_capacity_cpu_core_hours,
        {{ gib('p.node_capacity_memory_bytes') }} as node_capacity_memory_gigabytes,
        c.node_capacity_memory_gigabyte_hours, k.cluster_capacity_cpu_core_hours, k.cluster_capacity_memory_gigabyte_hours,
        null as persistentvolumeclaim, null as persistentvolume, null as storageclass, null as volume_labels, p.pod_labels as all_labels,
        null as persistentvolumeclaim_capacity_gigabyte, null as persistentvolumeclaim_capacity_gigabyte_months,
        null as volume_request_storage_gigabyte_months, null as persistentvolumeclaim_usage_gigabyte_months,
        true as has_cost, null as csi_volume_handle
    from {{ ref('pod_days') }} as p
    left join {{ ref('node_capacity') }} as c on c.day = p.day and c.node = p.node
    left join {{ ref('cluster_capacity') }} as k on k.day = p.day

    union all

    select
        'Pod', u.day, u.namespace, u.node, u.resource_id, null,
        {% for h in hours -%}
        {% if h == 'limit' %}null{% else %}c.node_capacity_cpu_core_hours - {{ total('u.pod_' ~ h ~ '_cpu_core_seconds') }} / 3600{% endif %},
        {% endfor -%}
        {% for h in hours -%}
        {% if h == 'limit' %}null{% else %}c.node_capacity_memory_gigabyte_hours - {{ gib(total('u.pod_' ~ h ~ '_memory_byte_seconds') ~ ' / 3600') }}{% endif %},
        {% endfor -%}
        u.node_capacity_cpu_cores,
        c.node_capacity_cpu_core_hours,
        {{ gib('u.node_capacity_memory_bytes') }},
        c.node_capacity_memory_gigabyte_hours, k.cluster_capacity_cpu_core_hours, k.cluster_capacity_memory_gigabyte_hours,
        null, null, null, null, '{}', null, null, null, null, false, null
    from {{ ref('unallocated') }} as u
    left join {{ ref('node_capacity') }} as c on c.day = u.day and c.node = u.node
    left join {{ ref('cluster_capacity') }} as k on k.day = u.day

    union all

    select
        'Storage', s.day, s.namespace, s.node, s.resource_id, null,
        null, null, null, null, null, null, null, null, null, null, null, null, null, null,
        s.persistentvolumeclaim, s.persistentvolume, s.storageclass, s.volume_labels, s.volume_labels,
        {{ gib('s.persistentvolumeclaim_capacity_bytes') }},
        {{ gib(total('s.persistentvolumeclaim_capacity_byte_seconds') ~ ' / (86400 * day(last_day(s.day)))') }},
        {{ gib(total('s.volume_request_storage_byte_seconds') ~ ' / s.node_count / (86400 * day(last_day(s.day)))') }},
        {{ gib(total('s.persistentvolumeclaim_usage_byte_seconds') ~ ' / s.node_count / (86400 * day(last_day(s.day)))') }},
        true, s.csi_volume_handle
    from {{ ref('storage_days') }} as s
),

named as (
    select
        s.*, c.cost_category_id,
        sha1(unhex('{{ var('source_uuid') | replace('-', '') }}') || encode(cast(to_json([
            data_source, cast(day as varchar), s.namespace, node, resource_id, pod_labels,
            persistentvolumeclaim, persistentvolume, storageclass, volume_labels, csi_volume_handle
        ]) as varchar))) as name_hash
    from summary as s
    left join {{ ref('cost_categories') }} as c on c.namespace = s.namespace
)

select
    {{ uuid_v5('name_hash') }} as uuid,
    cast({{ sql_text(var('report_period_id')) }} as integer) as report_period_id,
    {{ sql_text(var('cluster_id')) }} as cluster_id,
    {{ sql_text(var('cluster_alias')) }} as cluster_alias,
    data_source,
    day as usage_start,
    day as usage_end,
    namespace, node, resource_id, pod_labels,
    {% for h in hours %}pod_{{ h }}_cpu_core_hours, {% endfor %}
    {% for h in hours %}pod_{{ h }}_memory_gigabyte_hours, {% endfor %}
    node_capacity_cpu_cores, node_capacity_cpu_core_hours, node_capacity_memory_gigabytes, node_capacity_memory_gigabyte_hours,
    cluster_capacity_cpu_core_hours, cluster_capacity_memory_gigabyte_hours,
    persistentvolumeclaim, persistentvolume, storageclass, volume_labels, all_labels,
    persistentvolumeclaim_capacity_gigabyte, persistentvolumeclaim_capacity_gigabyte_months,
    volume_request_storage_gigabyte_months, persistentvolumeclaim_usage_gigabyte_months,
    cast({{ sql_text(var('source_uuid')) }} as uuid) as source_uuid,
    case when has_cost then '{"cpu": 0.000000000, "memory": 0.000000000, "storage": 0.000000000}' end as infrastructure_usage_cost,
    cost_category_id,
    csi_volume_handle,
    {{ sql_text(var('source_uuid')) }} as source,
    cast(year(day) as varchar) as year,
    cast(month(day) as varchar) as month,
    cast(day(day) as varchar) as day
from named
order by
    data_source, usage_start,
    {% for c in ['namespace', 'node', 'resource_id', 'pod_labels', 'persistentvolumeclaim', 'persistentvolume', 'storageclass', 'volume_labels', 'csi_volume_handle'] -%}
    coalesce({{ c }}, '\N'){{ ', ' if not loop.last }}
    {%- endfor %}
