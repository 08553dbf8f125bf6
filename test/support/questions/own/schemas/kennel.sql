create table owners (owner_id integer primary key, first_name text, last_name text, city text, state text, email_address text);
create table breeds (breed_code text primary key, breed_name text);
create table dogs (dog_id integer primary key, owner_id integer references owners, breed_code text references breeds, name text, gender text, age integer, weight numeric, date_of_birth date, abandoned boolean);
create table veterinarians (vet_id integer primary key, first_name text, last_name text, role text, city text);
create table treatment_types (treatment_type_code text primary key, description text);
create table treatments (treatment_id integer primary key, dog_id integer references dogs, vet_id integer references veterinarians, treatment_type_code text references treatment_types, date_of_treatment date, cost_of_treatment numeric);
