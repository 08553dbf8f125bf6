create table district (district_id integer primary key, district_name text, region text, inhabitants integer, average_salary numeric, unemployment_rate numeric);
create table client (client_id integer primary key, gender text, birth_date date, district_id integer references district);
create table account (account_id integer primary key, district_id integer references district, frequency text, opened date);
create table disposition (disposition_id integer primary key, client_id integer references client, account_id integer references account, type text);
create table card (card_id integer primary key, disposition_id integer references disposition, type text, issued date);
create table loan (loan_id integer primary key, account_id integer references account, loan_date date, amount numeric, duration integer, status text);
create table transaction (transaction_id integer primary key, account_id integer references account, transaction_date date, type text, operation text, amount numeric, balance numeric);
