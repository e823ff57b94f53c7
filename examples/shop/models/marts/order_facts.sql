select
    o.order_id,
    o.customer_id,
    p.category,
    o.ordered_on,
    o.channel,
    o.quantity * p.price as total
from {{ ref('stg_orders') }} as o
join {{ ref('stg_products') }} as p using (product_id)
