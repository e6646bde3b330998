//! All tests from outside the library, in one binary; one file a subject.

mod drafting;

mod architecture;
mod archives;
mod commands;
mod correct;
mod crash;
mod desk;
mod ends;
mod erase;
mod fides;
mod find;
mod firm;
mod ledger;
mod map;
mod marketplace;
mod mysql;
mod oddities;
mod plan;
mod plan_show;
mod postgres;
mod programs;
mod promises;
mod random;
mod readme;
mod references;
mod register;
mod replay;
mod secrecy;
mod servers;
mod shelf;
mod shop;
mod strategies;
mod tables;
mod together;
mod update;
