{#-
  Pod rows summed by day, namespace, node and labels: from the daily rows where there are any, else from the hourly ones. The name of a
  pod is kept only where a volume needs it, so the number of groups does not follow the number of pods.
-#}
{% set keys = ['day', 'namespace', 'node', 'resource_id', 'labels', 'label_form'] -%}
{% set daily = var('pod_daily') | length > 0 -%}
select
    state,
    {% for c in keys -%}
    {{ kept('r.' ~ c) if daily else 'r.' ~ c }} as {{ c }},
    {% endfor -%}
    volume_pod,
    {{ pod_measures(whole='hugeint' if daily else 'bigint') }}
from (select *, {{ volume_pod() }} as volume_pod from {{ ref('pod_daily_rows' if daily else 'pod_rows') }} as r) as r
where {{ batch("coalesce(" ~ kept('r.day') ~ ", date '" ~ var('start_date') ~ "')") if daily else batch('interval_start') }}
group by 1, 2, 3, 4, 5, 6, 7, 8
