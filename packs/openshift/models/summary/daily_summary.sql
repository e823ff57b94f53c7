{#- The table itself: the rows of pods, then of volumes, with the columns that follow from others and the constants of the run. -#}
{{ config(materialized='view') }}
{% set hours = ['usage', 'request', 'effective_usage', 'limit'] -%}
with summary as (
    select
        'Pod' as data_source, *,
        null as persistentvolumeclaim, null as persistentvolume, null as storageclass, null as volume_labels, null as csi_volume_handle,
        null as persistentvolumeclaim_capacity_gigabyte, null as persistentvolumeclaim_capacity_gigabyte_months,
        null as volume_request_storage_gigabyte_months, null as persistentvolumeclaim_usage_gigabyte_months
    from {{ ref('pod_summary') }}
    union all by name
    select 'Storage' as data_source, *
    from {{ ref('storage_summary') }}
),

named as (
    select
        *,
        sha1(unhex('{{ var('source_uuid') | replace('-', '') }}') || encode(cast(to_json([
            data_source, cast(day as varchar), namespace, node, resource_id, pod_labels,
            persistentvolumeclaim, persistentvolume, storageclass, volume_labels, csi_volume_handle
        ]) as varchar))) as name_hash
    from summary
)

select
    {{ uuid_v5('name_hash') }} as uuid,
    cast({{ sql_text(var('report_period_id')) }} as integer) as report_period_id,
    {{ sql_text(var('cluster_id')) }} as cluster_id,
    {{ sql_text(var('cluster_alias')) }} as cluster_alias,
    data_source,
    day as usage_start,
    day as usage_end,
    namespace, node, resource_id, pod_labels,
    {% for h in hours %}pod_{{ h }}_cpu_core_hours, {% endfor %}
    {% for h in hours %}pod_{{ h }}_memory_gigabyte_hours, {% endfor %}
    node_capacity_cpu_cores,
    node_capacity_cpu_core_hours,
    {{ gib('node_capacity_memory_bytes') }} as node_capacity_memory_gigabytes,
    node_capacity_memory_gigabyte_hours, cluster_capacity_cpu_core_hours, cluster_capacity_memory_gigabyte_hours,
    persistentvolumeclaim, persistentvolume, storageclass, volume_labels,
    coalesce(pod_labels, volume_labels, '{}') as all_labels,
    persistentvolumeclaim_capacity_gigabyte, persistentvolumeclaim_capacity_gigabyte_months,
    volume_request_storage_gigabyte_months, persistentvolumeclaim_usage_gigabyte_months,
    cast({{ sql_text(var('source_uuid')) }} as uuid) as source_uuid,
    case when pod_labels is not null or volume_labels is not null then '{"cpu": 0.000000000, "memory": 0.000000000, "storage": 0.000000000}' end
        as infrastructure_usage_cost,
    cost_category_id,
    csi_volume_handle,
    {{ sql_text(var('source_uuid')) }} as source,
    cast(year(day) as varchar) as year,
    cast(month(day) as varchar) as month,
    cast(day(day) as varchar) as day
from named
