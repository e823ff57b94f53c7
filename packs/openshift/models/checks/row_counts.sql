{#-
  Where the rows of each report went, one row a report and state. Hourly pod rows are counted twice, by the census and by the fold:
  read is what the census saw, the states are what the fold made of it, and the two must agree.
-#}
select 'pod_usage' as report, 'read' as state, sum(row_count) as row_count from {{ ref('pod_census') }}
union all
select 'pod_usage', state, row_count from {{ ref('pod_census') }} where state in ('filtered', 'undated')
union all
select 'pod_usage', state, sum(row_count) from {{ ref('capacity_fold') }} group by state
{% if var('pod_daily') | length > 0 -%}
union all
select 'pod_usage daily', 'read', sum(row_count) from {{ ref('pod_fold') }}
union all
select 'pod_usage daily', state, sum(row_count) from {{ ref('pod_fold') }} group by state
{% endif -%}
{% for fold in ['storage_fold', 'node_label_fold', 'namespace_label_fold'] -%}
union all
select '{{ fold }}', 'read', sum(row_count) from {{ ref(fold) }}
union all
select '{{ fold }}', state, sum(row_count) from {{ ref(fold) }} group by state
{% endfor %}
