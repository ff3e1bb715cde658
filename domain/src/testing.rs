//! People and builders that tests share.
