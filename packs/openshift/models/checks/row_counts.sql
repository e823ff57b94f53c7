{#-
  Where the rows of each report went, one row a report and state. Hourly pod rows are counted by the census and by each fold: read is what
  the census saw, the states are what the folds made of it; where two folds do not agree, the rows of the state count as lost.
-#}
select 'pod_usage' as report, 'read' as state, sum(row_count) as row_count from {{ ref('pod_census') }}
union all
select 'pod_usage', state, row_count from {{ ref('pod_census') }} where state in ('filtered', 'undated')
union all
{% if var('pod_daily') | length > 0 -%}
select 'pod_usage', state, sum(row_count) from {{ ref('capacity_fold') }} group by state
union all
select 'pod_usage daily', 'read', sum(row_count) from {{ ref('pod_fold') }}
union all
select 'pod_usage daily', state, sum(row_count) from {{ ref('pod_fold') }} group by state
{% else -%}
select 'pod_usage', state, case when p.row_count = c.row_count then p.row_count else 0 end
from (select state, sum(row_count) as row_count from {{ ref('pod_fold') }} group by state) as p
full join (select state, sum(row_count) as row_count from {{ ref('capacity_fold') }} group by state) as c using (state)
{% endif -%}
{% for fold in ['storage_fold', 'node_label_fold', 'namespace_label_fold'] -%}
union all
select '{{ fold }}', 'read', sum(row_count) from {{ ref(fold) }}
union all
select '{{ fold }}', state, sum(row_count) from {{ ref(fold) }} group by state
{% endfor %}
