create table airline (airline_id integer primary key, airline_name text, abbreviation text, country text);
create table airport (airport_code text primary key, airport_name text, city text, country text, elevation integer);
create table aircraft (aircraft_id integer primary key, model text, max_range integer, seats integer);
create table flight (flight_no integer primary key, airline_id integer references airline, source_airport text references airport, dest_airport text references airport, aircraft_id integer references aircraft, distance integer, price numeric, departure_date date);
create table pilot (pilot_id integer primary key, name text, age integer, nationality text);
create table certificate (pilot_id integer references pilot, aircraft_id integer references aircraft, primary key (pilot_id, aircraft_id));
