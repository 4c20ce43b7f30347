//! Pages as pictures: what is black on the paper, and where.

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::Pixmap;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{RenderCache, RenderSettings, render};

/// Dots in a millimetre: 300 in an inch, as printers have them.
const DOTS: f64 = 300.0 / 25.4;

/// A page as printed.
pub(crate) struct Picture(Pixmap);

/// Millimetres from the left and from the top of the paper.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Area {
    pub(crate) left: f64,
    pub(crate) top: f64,
    pub(crate) right: f64,
    pub(crate) bottom: f64,
}

impl Area {
    pub(crate) const fn new(left: f64, top: f64, right: f64, bottom: f64) -> Self {
        Self { left, top, right, bottom }
    }

    /// Whether all of the other one lies in this one.
    pub(crate) fn holds(self, other: Self) -> bool {
        self.left <= other.left
            && self.top <= other.top
            && self.right >= other.right
            && self.bottom >= other.bottom
    }

    fn with(self, other: Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }
}

impl Picture {
    /// Page `number` of a PDF, from 0.
    pub(crate) fn new(pdf: &[u8], number: usize) -> Self {
        let pdf = Pdf::new(pdf.to_vec()).unwrap();
        let scale = 300.0 / 72.0;
        let settings =
            RenderSettings { x_scale: scale, y_scale: scale, bg_color: WHITE, ..RenderSettings::default() };
        Self(render(&pdf.pages()[number], &RenderCache::new(), &InterpreterSettings::default(), &settings))
    }

    /// How bright a dot is, from 0 to 255.
    fn brightness(&self, x: usize, y: usize) -> u8 {
        let width = usize::from(self.0.width());
        let dot = self.0.data()[y * width + x];
        let sum = u16::from(dot.r) + u16::from(dot.g) + u16::from(dot.b);
        u8::try_from(sum / 3).unwrap()
    }

    /// What is taken up by anything printed within an area; nothing when it is white.
    pub(crate) fn printed_in(&self, area: Area) -> Option<Area> {
        let dots = (0..usize::from(self.0.height()))
            .flat_map(|y| (0..usize::from(self.0.width())).map(move |x| (x, y)))
            .filter(|(x, y)| area.holds(dot(*x, *y)) && self.brightness(*x, *y) < 250);
        dots.map(|(x, y)| dot(x, y)).reduce(Area::with)
    }

    /// What the QR codes say, and where they are.
    pub(crate) fn qr_codes(&self) -> Vec<(String, Area)> {
        let (width, height) = (usize::from(self.0.width()), usize::from(self.0.height()));
        let mut prepared =
            rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| self.brightness(x, y));
        let found = prepared.detect_grids().into_iter().map(|grid| {
            let corners = grid
                .bounds
                .map(|corner| dot(usize::try_from(corner.x).unwrap(), usize::try_from(corner.y).unwrap()));
            let [first, others @ ..] = corners;
            (grid.decode().unwrap().1, others.into_iter().fold(first, Area::with))
        });
        found.collect()
    }
}

fn dot(x: usize, y: usize) -> Area {
    let at = |number: usize| f64::from(u32::try_from(number).unwrap()) / DOTS;
    Area::new(at(x), at(y), at(x + 1), at(y + 1))
}
