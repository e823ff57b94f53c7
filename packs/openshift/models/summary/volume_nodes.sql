{#- Where the pods of a claim ran on a day (spec section 4.6, table V). Rows without a node take part. -#}
with pods as (
    select day, namespace, volume_pod as pod, node, max(resource_id) as resource_id
    from {{ ref('pod_fold') }} as f
    join {{ ref('label_sets') }} as s on s.label_text = f.labels and s.label_form = f.label_form
    where f.state = 'kept' and f.volume_pod is not null
    group by day, namespace, volume_pod, node, s.full_labels
)

select distinct s.day, s.namespace, s.pod, s.persistentvolumeclaim, s.persistentvolume, p.node, p.resource_id
from {{ ref('storage_fold') }} as s
join pods as p on p.day = s.day and p.namespace = s.namespace and p.pod = s.pod
where s.state = 'kept'
