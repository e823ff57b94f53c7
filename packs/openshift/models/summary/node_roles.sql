{#- The role of each node: as given, or derived from what the reports say (spec section 2.5). -#}
{% if var('derive_roles') -%}
with pods as (
    select
        node, resource_id,
        max(node_role) as node_role,
        bool_or(namespace = 'openshift-kube-apiserver') as runs_the_api_server
    from {{ ref('pod_fold') }}
    where state = 'kept' and node <> ''
    group by 1, 2
),

labels as (
    select f.node, bool_or(contains(s.full_labels, '"node_role_kubernetes_io":"infra"')) as is_infra
    from {{ ref('node_label_fold') }} as f
    join {{ ref('label_sets') }} as s on s.label_text = f.labels and s.label_form = f.label_form
    where f.state = 'kept'
    group by 1
)

select
    p.node, p.resource_id,
    coalesce(
        nullif(p.node_role, ''),
        case when p.runs_the_api_server then 'master' when l.is_infra then 'infra' else 'worker' end
    ) as node_role
from pods as p
join labels as l on l.node = p.node
{%- else -%}
select node, resource_id, max(node_role) as node_role
from {{ source('openshift', 'nodes') }}
group by 1, 2
{%- endif %}
