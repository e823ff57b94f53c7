{#-
  Every hourly pod row there is, counted by its state, and the hours in which a pod has a row on a node as a bit each:
  more rows than bits means that rows come twice. Intervals that do not begin on the hour are told apart by their offset.
-#}
{% set keys = ['namespace', 'pod', 'node'] -%}
with rows as (
    {% for form in var('pod_hourly') -%}
    select month_start, interval_start, {{ row_state('interval_start') }} as state, {{ keys | join(', ') }}
    from (
        select
            month_start, range_start, range_end,
            cast(interval_start as timestamp) as interval_start,
            {{ keys | join(', ') }}
        from {{ source('openshift', 'pod_usage_' ~ form) }}
    )
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

pods as (
    select
        state, month_start,
        {% for c in keys -%}
        {{ kept(c) }} as {{ c }},
        {% endfor -%}
        {{ kept('epoch(interval_start) % 3600') }} as offset_seconds,
        count(*) as row_count,
        bit_count(bitstring_agg(cast({{ kept("date_diff('hour', month_start, interval_start)") }} as integer), 0, 743)) as interval_count
    from rows
    group by all
)

select
    state,
    cast(sum(row_count) as bigint) as row_count,
    cast(coalesce(sum(row_count - interval_count), 0) as bigint) as repeated_rows
from pods
group by state
