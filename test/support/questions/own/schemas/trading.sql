create table categories (category_id integer primary key, category_name text, description text);
create table suppliers (supplier_id integer primary key, company_name text, city text, country text);
create table products (product_id integer primary key, product_name text, supplier_id integer references suppliers, category_id integer references categories, unit_price numeric, units_in_stock integer, discontinued boolean);
create table customers (customer_id integer primary key, company_name text, contact_name text, city text, country text);
create table orders (order_id integer primary key, customer_id integer references customers, order_date date, shipped_date date, freight numeric, ship_country text);
create table order_details (order_id integer references orders, product_id integer references products, unit_price numeric, quantity integer, discount numeric, primary key (order_id, product_id));
