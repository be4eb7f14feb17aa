//! Events as they stand in a file.

use std::fmt;

use serde::Deserialize as Derive;
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::column::Rows;

/// The events of a file, and the tool that wrote it.
pub(super) struct Events {
    pub all: Vec<Event>,
    pub made_by: String,
}

/// An event. What isn't read is skipped.
pub(super) struct Event {
    pub name: String,
    /// The phase; `?` where it's missing.
    pub ph: char,
    /// Microseconds.
    pub ts: Option<f64>,
    pub dur: Option<f64>,
    pub pid: u64,
    pub tid: u64,
    /// The name that a metadata event gives its thread.
    pub thread_name: Option<String>,
}

#[derive(Derive)]
struct Object {
    #[serde(rename = "traceEvents")]
    events: Rows<Event>,
    viztracer_metadata: Option<IgnoredAny>,
    #[serde(rename = "otherData", default)]
    other: Other,
}

#[derive(Default, Derive)]
#[serde(default)]
struct Other {
    origin: Text,
}

impl Events {
    /// Reads an array of events, whose last bracket may be missing, or an object.
    pub fn read(text: &str) -> Result<Events, serde_json::Error> {
        let text = text.trim_end();
        if !text.trim_start().starts_with('[') {
            let object: Object = serde_json::from_str(text)?;
            let viztracer = object.viztracer_metadata.map(|_| "VizTracer".to_owned());
            let made_by = viztracer.or(object.other.origin.0).unwrap_or_default();
            return Ok(Events { all: object.events.0, made_by });
        }
        let all: Rows<Event> = match text.ends_with(']') {
            true => serde_json::from_str(text)?,
            // The format allows it, so that a program that crashes leaves a file that can be read.
            false => serde_json::from_str(&format!("{}]", text.trim_end_matches(',')))?,
        };
        Ok(Events { all: all.0, made_by: String::new() })
    }
}

/// A text; anything else is none.
#[derive(Default)]
struct Text(Option<String>);

/// A number, also one that is written as a text; anything else is 0.
#[derive(Default)]
struct Id(u64);

/// The `name` among arguments, which may be anything.
struct Arguments(Option<String>);

struct AnyText;

impl<'de> Visitor<'de> for AnyText {
    type Value = Option<String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("anything")
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Some(text.to_owned()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
        Ok(Some(number.to_string()))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Some(number.unsigned_abs().to_string()))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(None)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(None)
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Text, D::Error> {
        from.deserialize_any(AnyText).map(Text)
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Id, D::Error> {
        let text = from.deserialize_any(AnyText)?;
        Ok(Id(text.and_then(|text| text.parse().ok()).unwrap_or(0)))
    }
}

impl<'de> Deserialize<'de> for Arguments {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Arguments, D::Error> {
        struct Named;
        impl<'de> Visitor<'de> for Named {
            type Value = Option<String>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("arguments")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut name = None;
                while let Some(key) = map.next_key::<String>()? {
                    match key.as_str() {
                        "name" => name = map.next_value::<Text>()?.0,
                        _ => drop(map.next_value::<IgnoredAny>()?),
                    }
                }
                Ok(name)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Self::Value, A::Error> {
                AnyText.visit_seq(seq).map(|_| None)
            }

            fn visit_str<E>(self, _: &str) -> Result<Self::Value, E> {
                Ok(None)
            }

            fn visit_unit<E>(self) -> Result<Self::Value, E> {
                Ok(None)
            }

            fn visit_u64<E>(self, _: u64) -> Result<Self::Value, E> {
                Ok(None)
            }

            fn visit_i64<E>(self, _: i64) -> Result<Self::Value, E> {
                Ok(None)
            }

            fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
                Ok(None)
            }

            fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
                Ok(None)
            }
        }
        from.deserialize_any(Named).map(Arguments)
    }
}

/// An event's fields, before it's known which of them are there.
#[derive(Derive)]
struct Fields {
    #[serde(default)]
    name: Text,
    #[serde(default)]
    ph: Text,
    ts: Option<f64>,
    dur: Option<f64>,
    #[serde(default)]
    pid: Id,
    #[serde(default)]
    tid: Id,
    args: Option<Arguments>,
}

impl<'de> Deserialize<'de> for Event {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Event, D::Error> {
        let fields = Fields::deserialize(from)?;
        let ph = fields.ph.0.as_deref().and_then(|text| text.chars().next()).unwrap_or('?');
        let name = fields.name.0.unwrap_or_default();
        let is_name = ph == 'M' && name == "thread_name";
        Ok(Event {
            thread_name: fields.args.and_then(|args| args.0).filter(|_| is_name),
            name,
            ph,
            ts: fields.ts,
            dur: fields.dur,
            pid: fields.pid.0,
            tid: fields.tid.0,
        })
    }
}
