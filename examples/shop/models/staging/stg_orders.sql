select order_id, customer_id, product_id, quantity, ordered_on, channel, status
from {{ ref('raw_orders') }}
where ordered_on <= date '{{ var("through_day") }}'
