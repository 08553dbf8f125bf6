create table department (department_id integer primary key, name text, budget numeric, location text);
create table employee (employee_id integer primary key, name text, age integer, city text, salary numeric, hire_date date, department_id integer references department, manager_id integer references employee);
create table project (project_id integer primary key, project_name text, budget numeric, start_date date);
create table works_on (employee_id integer references employee, project_id integer references project, hours integer, primary key (employee_id, project_id));
create table evaluation (employee_id integer references employee, year_awarded integer, bonus numeric);
