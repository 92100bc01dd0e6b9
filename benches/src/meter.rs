use std::time::{Duration, Instant};

/// Time that something took: on the clock, and of the processor.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Taken {
    pub(crate) wall: Duration,
    pub(crate) cpu: Duration,
}

impl Taken {
    pub(crate) fn plus(self, other: Self) -> Self {
        Self { wall: self.wall + other.wall, cpu: self.cpu + other.cpu }
    }
}

/// Runs `work` and says how long it took on this thread.
pub(crate) fn measure<T>(work: impl FnOnce() -> T) -> (T, Taken) {
    let (cpu, start) = (cpu_time(), Instant::now());
    let result = std::hint::black_box(work());
    (result, Taken { wall: start.elapsed(), cpu: cpu_time().saturating_sub(cpu) })
}

/// Runs `work` so often that the processor's clock, which moves in steps of some milliseconds, can tell; the time of one run.
pub(crate) fn measure_often<T>(times: u32, mut work: impl FnMut() -> T) -> Taken {
    let ((), taken) = measure(|| (0..times).for_each(|_| drop(std::hint::black_box(work()))));
    Taken { wall: taken.wall / times, cpu: taken.cpu / times }
}

/// Prints what was measured.
pub(crate) fn say(what: &str, taken: Taken) {
    let (cpu, wall) = (taken.cpu.as_secs_f64() * 1e3, taken.wall.as_secs_f64() * 1e3);
    println!("{what:<44} {cpu:>9.3} ms of CPU {wall:>9.3} ms on the clock");
}

/// The run with the median processor time.
pub(crate) fn median(mut runs: Vec<Taken>) -> Taken {
    runs.sort_by_key(|taken| taken.cpu);
    runs.get(runs.len() / 2).copied().unwrap_or_default()
}

/// Processor time of this thread so far, as Linux counts it.
fn cpu_time() -> Duration {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    Duration::from_nanos(stat.split_whitespace().next().and_then(|nanoseconds| nanoseconds.parse().ok()).unwrap_or(0))
}

/// The most memory that this process has held so far, in MB.
pub(crate) fn peak_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or("0");
    line.split_whitespace().next().and_then(|kilobytes| kilobytes.parse::<u64>().ok()).unwrap_or(0) / 1024
}
