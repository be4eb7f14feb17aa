//! The lines of the listings, by their ids.

/// The id of a line: the same in every Python that has the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LineId(pub &'static str);

macro_rules! lines {
    ($($(#[$about:meta])* $name:ident = $id:literal;)*) => {
        #[allow(missing_docs, reason = "the listings say what the lines are")]
        impl LineId {
            $($(#[$about])* pub const $name: LineId = LineId($id);)*
        }
    };
}

lines! {
    THREAD_START = "thread.start";
    THREAD_TAKE = "thread.take";
    THREAD_RUN = "thread.run";
    THREAD_END = "thread.end";
    EVAL_RUN = "eval.run";
    EVAL_C = "eval.c";
    EVAL_CHECK = "eval.check";
    EVAL_STOP = "eval.stop";
    EVAL_COLLECT = "eval.collect";
    EVAL_DROP = "eval.drop";
    EVAL_TAKE = "eval.take";
    CALL_DROP = "call.drop";
    CALL_IO = "call.io";
    CALL_SYSCALL = "call.syscall";
    CALL_SLEEP = "call.sleep";
    CALL_NATIVE = "call.native";
    CALL_LOCK = "call.lock";
    CALL_QUEUE = "call.queue";
    CALL_TAKE = "call.take";
    TAKE_MUTEX = "take.mutex";
    TAKE_WHILE = "take.while";
    TAKE_SAVE = "take.save";
    TAKE_WAIT = "take.wait";
    TAKE_TIMED_OUT = "take.timed-out";
    TAKE_REQUEST = "take.request";
    TAKE_LOCKED = "take.locked";
    TAKE_OTHER = "take.other";
    TAKE_SWITCH = "take.switch";
    TAKE_SIGNAL = "take.signal";
    TAKE_CLEAR = "take.clear";
    TAKE_UNLOCK = "take.unlock";
    DROP_HOLDER = "drop.holder";
    DROP_MUTEX = "drop.mutex";
    DROP_LOCKED = "drop.locked";
    DROP_SIGNAL = "drop.signal";
    DROP_UNLOCK = "drop.unlock";
    DROP_FORCED = "drop.forced";
    DROP_CLEAR = "drop.clear";
    DROP_WAIT = "drop.wait";
    ACQUIRE_WHILE = "acquire.while";
    ACQUIRE_WAIT = "acquire.wait";
    ACQUIRE_LOCKED = "acquire.locked";
    RELEASE_FREE = "release.free";
    RELEASE_WAKE = "release.wake";
    ATTACH_WAIT = "attach.wait";
    ATTACH_RUN = "attach.run";
    DETACH_RUN = "detach.run";
    DETACH_STOPPER = "detach.stopper";
    STOP_REQUEST = "stop.request";
    STOP_WAIT = "stop.wait";
    STOP_COLLECT = "stop.collect";
    STOP_START = "stop.start";
    OBJECT_FREE = "object.free";
    OBJECT_SPIN = "object.spin";
    OBJECT_PARK = "object.park";
    OBJECT_CHANGE = "object.change";
    OBJECT_UNLOCK = "object.unlock";
    LOOP_SELECT = "loop.select";
    LOOP_TASK = "loop.task";
}
