//! Loads .env files with dotenvy: load < LIST; see ../README.md.
use std::collections::HashMap;
use std::env;
use std::ffi::OsString;
use std::io::{self, BufRead};
use std::os::unix::ffi::OsStrExt;
use std::panic;

fn hex(text: &OsString) -> String {
	text.as_bytes().iter().map(|byte| format!("{:02x}", byte)).collect()
}

// A NUL byte in a value makes the standard library panic.
fn load(path: &str) -> bool {
	panic::catch_unwind(|| dotenvy::from_path(path).is_ok()).unwrap_or(false)
}

fn main() {
	let preset: HashMap<OsString, OsString> = [("OUTER".into(), "outerval".into())].iter().cloned().collect();
	panic::set_hook(Box::new(|_| {}));
	for path in io::stdin().lock().lines() {
		for (name, _) in env::vars_os() {
			env::remove_var(name);
		}
		for (name, value) in &preset {
			env::set_var(name, value);
		}
		if !load(&path.unwrap()) {
			println!("ERROR");
			continue;
		}
		let words: String = env::vars_os()
			.filter(|(name, value)| preset.get(name) != Some(value))
			.map(|(name, value)| format!(" {}={}", hex(&name), hex(&value)))
			.collect();
		println!("OK{}", words);
	}
}
