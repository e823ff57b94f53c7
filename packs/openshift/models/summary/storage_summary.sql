{#- Rows of volumes in units of the summary, sorted as readers expect (NULL sorts as \N). -#}
select
    s.day, s.namespace, s.node, s.resource_id, s.persistentvolumeclaim, s.persistentvolume, s.storageclass, s.volume_labels, s.csi_volume_handle,
    {{ gib('s.persistentvolumeclaim_capacity_bytes') }} as persistentvolumeclaim_capacity_gigabyte,
    {% for name, measure, share in [
        ('persistentvolumeclaim_capacity', 'persistentvolumeclaim_capacity_byte_seconds', ''),
        ('volume_request_storage', 'volume_request_storage_byte_seconds', ' / s.node_count'),
        ('persistentvolumeclaim_usage', 'persistentvolumeclaim_usage_byte_seconds', ' / s.node_count'),
    ] -%}
    {{ gib(total('s.' ~ measure) ~ share ~ ' / (86400 * day(last_day(s.day)))') }} as {{ name }}_gigabyte_months,
    {% endfor -%}
    c.cost_category_id
from {{ ref('storage_days') }} as s
left join {{ ref('cost_categories') }} as c on c.namespace = s.namespace
where {{ batch('s.day') }}
order by {{ reading_order([
    'day', 'namespace', 'node', 'resource_id', 'persistentvolumeclaim', 'persistentvolume', 'storageclass', 'volume_labels', 'csi_volume_handle'
], 's') }}
