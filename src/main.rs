//! The program `huibao`: hands its arguments to the library.

fn main() -> std::process::ExitCode {
    huibao::run(std::env::args_os())
}
