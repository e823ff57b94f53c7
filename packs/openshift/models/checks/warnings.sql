{#- What the user should know though the run goes on: code, sentence, how often. Rows with a count of 0 say nothing. -#}
select 'QN3201' as code, 'quantities that are empty or no number count as 0' as message,
    coalesce((select sum(unread_cells) from {{ ref('pod_fold') }} where state = 'kept'), 0)
    + coalesce((select sum(unread_cells) from {{ ref('storage_fold') }} where state = 'kept'), 0) as occurrences
union all
select 'QN3202', 'rows with a measure that is above 1e18 or not finite are left out', coalesce((
    select sum(row_count) from {{ ref('row_counts') }} where state = 'anomalous'
), 0)
union all
select 'QN3203', 'pod rows come twice (same interval, namespace, pod and node) and count twice', coalesce((
    select sum(repeated_rows) from {{ ref('pod_census') }} where state = 'kept'
), 0)
union all
select 'QN3204', 'label parts with a second colon are dropped', coalesce((
    select sum(s.dropped_parts * f.row_count)
    from (
        select labels, label_form, row_count from {{ ref('pod_fold') }} where state = 'kept'
        union all
        select volume_labels, volume_label_form, row_count from {{ ref('storage_fold') }} where state = 'kept'
        union all
        select claim_labels, claim_label_form, row_count from {{ ref('storage_fold') }} where state = 'kept'
        union all
        select labels, label_form, row_count from {{ ref('node_label_fold') }} where state = 'kept'
        union all
        select labels, label_form, row_count from {{ ref('namespace_label_fold') }} where state = 'kept'
    ) as f
    join {{ ref('label_sets') }} as s on s.label_text = f.labels and s.label_form = f.label_form
), 0)
union all
select 'QN3205', 'node labels change during a day: the day''s usage counts once for each set of labels', (
    select count(*) from (select day, node from {{ ref('node_label_sets') }} group by 1, 2 having count(*) > 1)
)
union all
select 'QN3206', 'namespace labels change during a day: the day''s usage counts once for each set of labels', (
    select count(*) from (select day, namespace from {{ ref('namespace_label_sets') }} group by 1, 2 having count(*) > 1)
)
union all
select 'QN3207', 'namespaces match several cost category patterns: the largest id counts', (
    select count(*) from {{ ref('cost_categories') }} where pattern_count > 1
)
union all
select 'QN3208', 'labels that are no JSON object count as empty', (
    select count(*) from {{ ref('label_sets') }} where is_unreadable
)
order by code
