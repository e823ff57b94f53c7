{#- Pods by day, namespace, node and merged labels: node labels, overlaid by the namespace's, overlaid by the pod's (spec section 4.4). -#}
{% set sums = var('pod_sums') + var('pod_effective') -%}
with pods as (
    select
        f.day, f.namespace, f.node, f.resource_id, s.labels,
        max(f.node_capacity_cpu_cores) as node_capacity_cpu_cores,
        max(f.node_capacity_memory_bytes) as node_capacity_memory_bytes,
        {% for m in sums -%}
        {{ add_parts('f.' ~ m, m) }}{{ ',' if not loop.last }}
        {% endfor %}
    from {{ ref('pod_fold') }} as f
    join {{ ref('label_sets') }} as s on s.label_text = f.labels and s.label_form = f.label_form
    where f.state = 'kept' and f.node <> '' and {{ batch('f.day') }}
    group by 1, 2, 3, 4, 5
),

layered as (
    select
        p.*,
        coalesce(n.labels, '{}') as node_labels,
        coalesce(ns.labels, '{}') as namespace_labels
    from pods as p
    left join {{ ref('node_label_sets') }} as n on n.day = p.day and n.node = p.node
    left join {{ ref('namespace_label_sets') }} as ns on ns.day = p.day and ns.namespace = p.namespace
),

merged as (
    select node_labels, namespace_labels, labels, {{ merged_labels(['node_labels', 'namespace_labels', 'labels']) }} as pod_labels
    from (select distinct node_labels, namespace_labels, labels from layered)
)

select
    l.day, l.namespace, l.node, m.pod_labels,
    max(l.resource_id) as resource_id,
    max(l.node_capacity_cpu_cores) as node_capacity_cpu_cores,
    max(l.node_capacity_memory_bytes) as node_capacity_memory_bytes,
    {% for m in sums -%}
    {{ add_parts('l.' ~ m, m) }}{{ ',' if not loop.last }}
    {% endfor %}
from layered as l
join merged as m on m.node_labels = l.node_labels and m.namespace_labels = l.namespace_labels and m.labels = l.labels
group by 1, 2, 3, 4
