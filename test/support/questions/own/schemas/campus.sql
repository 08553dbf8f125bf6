create table department (dept_id integer primary key, dept_name text, building text, budget numeric);
create table student (student_id integer primary key, first_name text, last_name text, age integer, sex text, major text, home_city text);
create table instructor (instructor_id integer primary key, name text, salary numeric, dept_id integer references department);
create table course (course_id integer primary key, title text, credits integer, dept_id integer references department, instructor_id integer references instructor);
create table enrollment (student_id integer references student, course_id integer references course, grade text, semester text, primary key (student_id, course_id));
create table has_pet (student_id integer references student, pet_id integer);
