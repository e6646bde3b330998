//! Redress answers data subject requests: find, export, correct, erase, prove.
