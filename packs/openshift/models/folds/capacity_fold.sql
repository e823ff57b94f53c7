{#- The capacity of each node in each interval, from hourly rows only: daily rows sum it over the pods. -#}
{% if var('pod_daily') | length > 0 -%}
{{ config(materialized='table') }}
select
    state, interval_start, node,
    count(*) as row_count,
    max(node_capacity_cpu_core_seconds) as node_capacity_cpu_core_seconds,
    max(node_capacity_memory_byte_seconds) as node_capacity_memory_byte_seconds
from {{ ref('pod_rows') }}
group by 1, 2, 3
{%- else -%}
{{ config(materialized='view') }}
select * from {{ ref('hourly_fold') }} where grain = 'interval'
{%- endif %}
