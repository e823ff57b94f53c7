{# Rows out of nothing: numbers and dates. #}

{# How many doublings reach a number of rows. #}
{% macro get_powers_of_two(upper_bound) -%}
    {{ return(adapter.dispatch('get_powers_of_two', 'dbt')(upper_bound)) }}
{%- endmacro %}

{% macro default__get_powers_of_two(upper_bound) -%}
    {%- if upper_bound <= 0 -%}
        {%- do exceptions.raise_compiler_error('the number of rows must be positive, not ' ~ upper_bound) -%}
    {%- endif -%}
    {%- set found = namespace(power=none) -%}
    {%- for power in range(1, 100) if found.power is none and upper_bound <= 2 ** power -%}
        {%- set found.power = power -%}
    {%- endfor -%}
    {%- do return(found.power) -%}
{%- endmacro %}

{# Rows with the numbers from 1 on, in the column generated_number. #}
{% macro generate_series(upper_bound) -%}
    {{ return(adapter.dispatch('generate_series', 'dbt')(upper_bound)) }}
{%- endmacro %}

{% macro default__generate_series(upper_bound) -%}

    select unnest(generate_series(1, {{ upper_bound }})) as generated_number

{%- endmacro %}

{# How many parts lie between two dates; asked of the database, so none while parsing gives 0. #}
{% macro get_intervals_between(start_date, end_date, datepart) -%}
    {{ return(adapter.dispatch('get_intervals_between', 'dbt')(start_date, end_date, datepart)) }}
{%- endmacro %}

{% macro default__get_intervals_between(start_date, end_date, datepart) -%}
    {%- call statement('get_intervals_between', fetch_result=True) -%}
        select {{ datediff(start_date, end_date, datepart) }}
    {%- endcall -%}
    {%- set found = load_result('get_intervals_between') -%}
    {%- do return(found['data'][0][0] if found and found['data'] else 1) -%}
{%- endmacro %}

{# One row for each part of time from start_date on, before end_date, in the column date_DATEPART. #}
{% macro date_spine(datepart, start_date, end_date) -%}
    {{ return(adapter.dispatch('date_spine', 'dbt')(datepart, start_date, end_date)) }}
{%- endmacro %}

{% macro default__date_spine(datepart, start_date, end_date) -%}

    with rawdata as (
        {{ generate_series(get_intervals_between(start_date, end_date, datepart)) }}
    ),

    all_periods as (
        select {{ dateadd(datepart, 'generated_number - 1', start_date) }} as date_{{ datepart }}
        from rawdata
    ),

    filtered as (
        select *
        from all_periods
        where date_{{ datepart }} <= {{ end_date }}
    )

    select * from filtered

{%- endmacro %}
