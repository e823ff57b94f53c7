{#- Pod rows by day: from the daily rows where there are any, else from the hourly ones. -#}
{% if var('pod_daily') | length > 0 -%}
{{ config(materialized='table') }}
select
    {% for c in ['state', 'day', 'namespace', 'node', 'resource_id', 'labels', 'label_form'] -%}
    {{ kept('r.' ~ c) if c != 'state' else c }} as {{ c }},
    {% endfor -%}
    volume_pod,
    {{ pod_measures(whole='hugeint') }}
from (select *, {{ volume_pod() }} as volume_pod from {{ ref('pod_daily_rows') }} as r) as r
where {{ batch("coalesce(" ~ kept('r.day') ~ ", date '" ~ var('start_date') ~ "')") }}
group by 1, 2, 3, 4, 5, 6, 7, 8
{%- else -%}
{{ config(materialized='view') }}
select * from {{ ref('hourly_fold') }} where grain = 'day'
{%- endif %}
