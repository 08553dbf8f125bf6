create table stadium (stadium_id integer primary key, name text, location text, capacity integer, opening_year integer, average_attendance integer);
create table club (club_id integer primary key, club_name text, manager text, stadium_id integer references stadium, founded integer);
create table player (player_id integer primary key, player_name text, position text, club_id integer references club, country text, height numeric, birth_year integer, market_value numeric);
create table coach (coach_id integer primary key, coach_name text, gender text, club_id integer references club, rank integer);
create table game (game_id integer primary key, season integer, home_club_id integer references club, away_club_id integer references club, home_goals integer, away_goals integer, attendance integer, played_on date);
create table award (award_id integer primary key, player_id integer references player, award_name text, year integer);
create table injury (injury_id integer primary key, player_id integer references player, game_id integer references game, injury text, weeks_out integer);
