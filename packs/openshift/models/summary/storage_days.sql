{#-
  Volumes by day, namespace, node, claim, volume and merged labels (spec section 4.6). Request and usage are shared out over the
  nodes that mount the volume; without such a node they are NULL, while the capacity stands.
-#}
{% set sums = ['persistentvolumeclaim_capacity_byte_seconds', 'volume_request_storage_byte_seconds', 'persistentvolumeclaim_usage_byte_seconds'] -%}
with node_counts as (
    select day, persistentvolume, count(distinct node) as node_count
    from {{ ref('volume_nodes') }}
    group by 1, 2
),

volumes as (
    select
        f.day, f.namespace, v.node, v.resource_id, f.persistentvolumeclaim, f.persistentvolume, f.storageclass, f.csi_volume_handle,
        vs.labels as volume_labels, cs.labels as claim_labels, c.node_count,
        f.persistentvolumeclaim_capacity_bytes,
        {% for m in sums -%}
        f.{{ m }}_whole, f.{{ m }}_rest{{ ',' if not loop.last }}
        {% endfor %}
    from {{ ref('storage_fold') }} as f
    join {{ ref('label_sets') }} as vs on vs.label_text = f.volume_labels and vs.label_form = f.volume_label_form
    join {{ ref('label_sets') }} as cs on cs.label_text = f.claim_labels and cs.label_form = f.claim_label_form
    left join {{ ref('volume_nodes') }} as v
        on v.day = f.day and v.namespace = f.namespace and v.pod = f.pod and v.persistentvolumeclaim = f.persistentvolumeclaim
    left join node_counts as c on c.day = f.day and c.persistentvolume = f.persistentvolume
    where f.state = 'kept' and {{ batch('f.day') }}
),

layered as (
    select v.*, coalesce(n.labels, '{}') as node_labels, coalesce(ns.labels, '{}') as namespace_labels
    from volumes as v
    left join {{ ref('node_label_sets') }} as n on n.day = v.day and n.node = v.node
    left join {{ ref('namespace_label_sets') }} as ns on ns.day = v.day and ns.namespace = v.namespace
),

merged as (
    select
        node_labels, namespace_labels, volume_labels, claim_labels,
        {{ merged_labels(['node_labels', 'namespace_labels', 'volume_labels', 'claim_labels']) }} as labels
    from (select distinct node_labels, namespace_labels, volume_labels, claim_labels from layered)
)

select
    l.day, l.namespace, l.node, l.resource_id, l.persistentvolumeclaim, l.persistentvolume, l.storageclass, l.csi_volume_handle,
    m.labels as volume_labels,
    max(l.node_count) as node_count,
    max(l.persistentvolumeclaim_capacity_bytes) as persistentvolumeclaim_capacity_bytes,
    {% for m in sums -%}
    {{ add_parts('l.' ~ m, m) }}{{ ',' if not loop.last }}
    {% endfor %}
from layered as l
join merged as m
    on m.node_labels = l.node_labels and m.namespace_labels = l.namespace_labels
    and m.volume_labels = l.volume_labels and m.claim_labels = l.claim_labels
group by 1, 2, 3, 4, 5, 6, 7, 8, 9
