{#- The category of each namespace: the largest id among the patterns that match; overlapping patterns do not multiply rows (spec section 4.5). -#}
with namespaces as (
    select namespace from {{ ref('pod_days') }}
    union
    select namespace from {{ ref('storage_days') }}
    union
    select namespace from {{ ref('unallocated') }} where namespace is not null
)

select n.namespace, max(c.cost_category_id) as cost_category_id, count(*) as pattern_count
from namespaces as n
join {{ source('openshift', 'cost_categories') }} as c on n.namespace like c.namespace
group by 1
