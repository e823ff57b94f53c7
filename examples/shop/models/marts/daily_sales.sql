{{ config(materialized='incremental', unique_key='ordered_on') }}

select ordered_on, count(*) as orders, sum(total) as total
from {{ ref('order_facts') }}
{% if is_incremental() -%}
where ordered_on >= (select max(ordered_on) from {{ this }})
{%- endif %}
group by ordered_on
