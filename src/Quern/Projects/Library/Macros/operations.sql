{# Statements that projects run as hooks or by name. #}

{# Makes the views over files of external models that this run reads but does not build. #}
{% macro register_upstream_external_models() -%}
    {%- if execute -%}
        {%- set seen = [] -%}
        {%- for id in selected_resources if id in graph.nodes -%}
            {%- for parent in graph.nodes[id].depends_on.nodes if parent in graph.nodes and parent not in selected_resources and parent not in seen -%}
                {%- set node = graph.nodes[parent] -%}
                {%- if node.resource_type == 'model' and node.config.materialized == 'external' -%}
                    {%- do seen.append(parent) -%}
                    {%- set relation = api.Relation.create(database=node.database, schema=node.schema, identifier=node.alias) -%}
                    {%- set location = render(node.config.get('location') or external_location(relation, node.config)) -%}
                    {%- do adapter.create_schema(relation) -%}
                    {%- do run_query("create or replace view " ~ relation ~ " as select * from '" ~ escape_single_quotes(location) ~ "'") -%}
                {%- endif -%}
            {%- endfor -%}
        {%- endfor -%}
    {%- endif -%}
{%- endmacro %}

{# Where the file of an external model lies that names no place. #}
{% macro external_location(relation, config) -%}
    {{ return(adapter.dispatch('external_location', 'dbt')(relation, config)) }}
{%- endmacro %}

{% macro default__external_location(relation, config) -%}
    {{ adapter.external_root() }}/{{ relation.identifier }}.{{ config.get('format') or 'parquet' }}
{%- endmacro %}
