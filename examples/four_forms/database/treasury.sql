-- The debt of an invented municipality on 31 January 2026: a treasury system, and views in the words of the rulebook.

create schema treasury;

create table treasury.banks (
  id     integer primary key,
  name   text not null unique,
  rating text
);
insert into treasury.banks values
  (1, 'Kommuninvest', 'AAA'), (2, 'Nordlig Bank', 'AA-'), (3, 'Exempelbanken', 'A'), (4, 'Sydbanken', 'BBB+');

create table treasury.loans (
  loan        text primary key,
  lender      integer not null references treasury.banks,
  nominal     numeric(18, 2) not null,
  currency    char(3) not null,
  due         date not null,
  next_fixing date
);
insert into treasury.loans values
  ('L01', 1, 150000000.00, 'SEK', '2026-06-15', '2026-06-15'),
  ('L02', 1, 120000000.00, 'SEK', '2026-11-30', '2026-02-28'),
  ('L03', 1, 200000000.00, 'SEK', '2027-09-15', '2027-09-15'),
  ('L04', 1, 180000000.00, 'SEK', '2028-03-01', '2026-03-01'),
  ('L05', 2, 100000000.00, 'SEK', '2027-01-31', '2027-01-31'),
  ('L06', 2, 250000000.50, 'SEK', '2029-05-20', '2029-05-20'),
  ('L07', 2, 175000000.00, 'SEK', '2030-10-01', '2026-04-01'),
  ('L08', 3, 125000000.00, 'SEK', '2031-02-15', '2031-02-15'),
  ('L09', 3,  90000000.00, 'SEK', '2026-12-20', '2026-12-20'),
  ('L10', 1, 110000000.00, 'SEK', '2033-08-30', '2033-08-30'),
  ('L11', 3,  15000000.00, 'EUR', '2028-11-11', '2028-11-11'),
  ('L12', 1, 160000000.00, 'SEK', '2032-04-18', '2026-07-18');

create table treasury.swaps (
  swap         text primary key,
  counterparty integer not null references treasury.banks,
  nominal      numeric(18, 2) not null,
  pays_until   date not null,
  gets_until   date not null
);
insert into treasury.swaps values
  ('S1', 2, 180000000.00, '2030-03-01', '2026-03-01'),
  ('S2', 3, 175000000.00, '2031-10-01', '2026-04-01'),
  ('S3', 4,  60000000.00, '2029-07-18', '2026-07-18');

-- What the rulebook reads, in its own words.
create view loans as
  select loan, name as lender, nominal, currency, due, next_fixing
  from treasury.loans join treasury.banks on id = lender;

create view swaps as
  select swap, name as counterparty, nominal, pays_until, gets_until
  from treasury.swaps join treasury.banks on id = counterparty;

create view counterparties as select name, rating from treasury.banks;

create role reader login;
grant select on loans, swaps, counterparties to reader;
