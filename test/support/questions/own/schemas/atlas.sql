create table country (code text primary key, name text, continent text, region text, surface_area numeric, indep_year integer, population integer, life_expectancy numeric, gnp numeric, government_form text, head_of_state text);
create table city (id integer primary key, name text, country_code text references country, district text, population integer);
create table country_language (country_code text references country, language text, is_official boolean, percentage numeric, primary key (country_code, language));
