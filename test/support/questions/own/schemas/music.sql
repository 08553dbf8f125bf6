create table hall (hall_id integer primary key, name text, city text, capacity integer, opened_year integer);
create table performer (performer_id integer primary key, name text, country text, age integer, is_band boolean);
create table concert (concert_id integer primary key, title text, hall_id integer references hall, concert_date date, year integer);
create table performer_in_concert (concert_id integer references concert, performer_id integer references performer, primary key (concert_id, performer_id));
create table album (album_id integer primary key, title text, performer_id integer references performer, release_year integer, sales integer);
